"""What is read: one ``.sql`` file per question, run by ``reading`` into plain typed rows. Nothing here loads SQLModel."""
