"""Replies to the partnership's web form: exports of form plugins, and the mails that they send."""
