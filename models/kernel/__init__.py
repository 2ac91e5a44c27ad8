"""What every act stands on: database, errors, home, store, people, policy, audit."""
