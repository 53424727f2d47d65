"""What is said when a photo cannot be taken in."""

from shopper.language import lazy

WORDS = {
    "photo_empty": lazy("The photo arrived without any content. Please choose it again."),
    "photo_too_large": lazy("The photo is larger than %(limit)s MB. Please send a smaller one."),
    "photo_too_many_pixels": lazy("The photo has more than %(limit)s megapixels. Please send a smaller one."),
    "photo_unknown_type": lazy(
        "This file is not a photo we can read. Please send a JPEG, PNG, WebP or HEIC picture."
    ),
    "photo_heic": lazy(
        "HEIC photos cannot be read here. Set the camera to “Most compatible” (JPEG), or send a JPEG copy."
    ),
    "photo_hides_another": lazy(
        "This file is a photo and something else at once, so it was not kept. Please take the photo again."
    ),
    "photo_truncated": lazy("Part of the photo is missing. Please send it again."),
    "photo_damaged": lazy("The photo is damaged and cannot be shown. Please take it again."),
    "photo_too_slow": lazy("The photo took too long to read and was not kept. Please take it again."),
    "photo_differs": lazy(
        "Another photo is already kept under this number. This one was not put in its place."
    ),
    "areas_unreadable": lazy("What was drawn on the photo did not arrive whole. Please draw it again."),
    "too_many_areas": lazy(
        "More than %(limit)s areas, or very long strokes, were drawn. Please use a few boxes."
    ),
    "nothing_to_blur": lazy("Draw on the photo what is to be blurred, or enter a box."),
    "logo_too_large": lazy("The logo is larger than %(limit)s MB. Please send a smaller one."),
    "logo_unknown_type": lazy("This file is not a logo we can read. Please send a PNG or JPEG picture."),
    "logo_hides_another": lazy("This file is a picture and something else at once, so it was not kept."),
    "logo_moves": lazy("This logo moves. Please send one that stands still."),
    "logo_too_small": lazy("This logo is empty or too small. It needs at least %(least)s pixels each way."),
    "preview_too_slow": lazy("The first page took too long to make. Please try again."),
    "preview_failed": lazy("The first page could not be made."),
}
