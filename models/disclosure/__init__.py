"""Documents on their way to disclosure: catalogue, rulings, review, releases."""
