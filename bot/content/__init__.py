"""Content: the files under content/ turned into domain objects, texts and a list of problems."""
