"""What recorded conversations say about the content: review, unanswered questions, replay. Reads only."""
