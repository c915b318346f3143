"""The dashboard: who carries a project's articles. Nothing heavy is imported until it is opened."""
