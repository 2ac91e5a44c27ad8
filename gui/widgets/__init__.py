"""Small parts that pages are made of. They show values and emit signals; they read nothing."""
