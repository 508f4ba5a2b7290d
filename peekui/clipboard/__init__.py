"""Text to the clipboard, and the truth about whether it got there."""
