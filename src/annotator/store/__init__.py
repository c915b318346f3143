"""The project file. The only room that speaks SQL."""
