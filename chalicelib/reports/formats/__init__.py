"""The file formats, one file each; an encoder is imported only when it is used."""
