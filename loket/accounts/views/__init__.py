"""Pages of the door and of one's own account; the sign-in form itself is the library's."""
