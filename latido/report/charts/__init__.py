"""Charts: what they show, as data for the browser; and the same charts drawn without one."""
