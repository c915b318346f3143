import pytest

from annotator.app.jobs import Cancelled, JobContext
from annotator.app.workflows import files_under, import_paths, make_demo
from annotator.importers.worker import load_file
from annotator.model.errors import UserError
from annotator.store import Project


def test_a_folder_of_mixed_files_costs_only_what_cannot_be_read(session, tmp_path):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Une dépêche.\nElle dit ceci.\n", encoding="utf-8")
    (folder / "deep" / "b.txt").write_bytes("Été 1936, à Paris.\n".encode("cp1252"))
    (folder / "c.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden.txt").write_text("rien")
    report = import_paths(session, [folder, tmp_path / "missing.txt"])
    assert sorted(a.file_name for a in report.added) == ["a.txt", "b.txt"]
    assert {r.name: r.error.message_id for r in report.refused} == {
        "c.bin": "import-binary",
        "empty.txt": "import-empty",
        "missing.txt": "import-missing",
    }
    again = import_paths(session, [folder / "a.txt"])
    assert [d.exact for d in again.duplicates] == [True]
    assert session.project.article_count() == 2


def test_cancelling_keeps_what_is_stored(session, tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Dépêche numéro {number}.")
    seen = []

    def stop_after_three():
        return len(seen) >= 3

    context = JobContext(lambda *row: seen.append(row), stop_after_three)
    report = import_paths(session, sorted(tmp_path.glob("*.txt")), context)
    assert report.cancelled
    assert session.project.article_count() == len(report.added) == 3


def test_files_under_a_folder_are_sorted_and_links_are_not_followed(tmp_path):
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert [p.name for p in files_under([tmp_path])] == ["a.txt", "b.txt"]


def test_a_link_that_leads_out_of_the_folder_is_refused_by_name(session, tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "in" / "deep"
    for folder in (outside, inside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("The port was shut on Tuesday, two people said.")
    (outside / "b.txt").write_text("Not to be read.")
    (inside / "file.txt").symlink_to(outside / "b.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "loop").symlink_to(inside.parent)
    (inside / "gone.txt").symlink_to(tmp_path / "nothing")
    report = import_paths(session, [inside.parent])
    assert len(report.added) == 1
    assert {(r.name, r.error.message_id) for r in report.refused} == {
        ("file.txt", "import-link"),
        ("folder", "import-link"),
        ("gone.txt", "import-missing"),
    }
    # A link that somebody chose is meant.
    assert len(import_paths(session, [inside / "file.txt"]).added) == 1


@pytest.mark.skipif("os.name != 'posix' or os.geteuid() == 0", reason="root may look everywhere")
def test_a_folder_that_may_not_be_looked_into_is_refused_by_name(tmp_path):
    shut = tmp_path / "fermé"
    shut.mkdir(mode=0)
    try:
        assert files_under([tmp_path]) == [shut]
        with pytest.raises(UserError, match="import-forbidden"):
            load_file(shut)
    finally:
        shut.chmod(0o700)


def test_the_sample_project_is_made_once_and_its_marks_are_where_they_say(tmp_path):
    path = make_demo(tmp_path)
    assert make_demo(tmp_path) == path
    with Project.open(path, read_only=True) as project:
        rows = project.articles().rows
        assert len(rows) >= 6
        assert {row.language for row in rows} == {"en", "fr"}
        assert all(project.verify_article(row.id) == [] for row in rows)
        assert project.unplaced() == []


def test_a_job_stops_where_it_reports():
    context = JobContext(is_cancelled=lambda: True)
    try:
        context.progress(1, 2)
    except Cancelled:
        return
    raise AssertionError
