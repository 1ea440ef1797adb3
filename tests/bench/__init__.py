"""How fast loket is: generated sets of tickets, flows over HTTP, and a floor to compare with (`bin/bench`)."""
