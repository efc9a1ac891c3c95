"""Facts and decisions as data: law, affairs, regions, forms and methods, each row with a source."""
