"""File formats in and out: plain records in, bytes or text out, and back."""
