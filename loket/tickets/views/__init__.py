"""HTTP of the room: the desk and the applicant's own tickets."""
