tip-massage = A light massage
    .how =
        Ask someone to knead the sore muscles gently. Or lean on a soft ball against a wall.
        Stay off the spine itself.
    .dose = Five to ten minutes, light enough to breathe easily.
    .why =
        It can relax tight muscles for a while.
        Guides for low backs say it works best along with moving.
    .stop = Stop if it hurts, tingles or leaves bruises.
    .not =
        Not with blood thinners or fragile bones. Not after cancer.
        Not with a fever, a rash or a swollen calf. Not where you feel numb.
        Not after a knock to the spine.
    .line = Gentle hands or a soft ball, away from the spine.
