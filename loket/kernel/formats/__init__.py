"""How dates and times are written and read, per language (setting `FORMAT_MODULE_PATH`)."""
