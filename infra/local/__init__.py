"""The embedded stack: the packaged app on an AWS emulator of this machine."""
