"""What the columns of other programs mean."""
