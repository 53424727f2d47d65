"""What is refused about people and accounts."""

from shopper.language import lazy

WORDS = {
    "email_taken": lazy("Somebody already has this e-mail."),
    "own_account": lazy("You cannot close your own account."),
}
