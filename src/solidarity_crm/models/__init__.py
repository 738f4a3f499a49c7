"""The tables, a module each for those that are written together. All of them at once take longer than most commands: name the module."""
