"""The statutory annual report: numbers, and the checks on them."""
