"""One card per noun: what one wants to see of a record at a glance."""
