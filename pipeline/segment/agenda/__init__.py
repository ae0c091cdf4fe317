"""The agenda items as minuted: which lines open one, its title, number, kind and sections."""
