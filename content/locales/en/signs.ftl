# The two lists, and short names for everything a rule can speak of.
#
# sign-*          one line of a list, 12 words at most
#   .short        the answer to "Which one?" under an emergency, two a row, 16 characters
#   .button       the answer to "Which one?", 34 characters at most
#   .tell         what to say to the people who look after you
# finding-*       short names for history and export
# region-*, contributor-*, condition-*, age-*: button labels, 34 characters at most.
# No contributor, region or tip button may use a word of an emergency sign (the lint checks it).

## Emergency: now

sign-chest-pain = Chest pain, pressure or tightness, or jaw or arm pain with it
    .short = Chest pain
    .button = Chest, jaw or arm pain
    .tell = I have chest pain or pressure, or pain in my jaw or arm.
sign-sudden-worst = Pain that hit all at once, worst ever, or tearing
    .short = Sudden or worst
    .button = Sudden, worst ever or tearing
    .tell = I have pain that hit all at once, the worst ever, or tearing.
sign-breathless = Hard to breathe even at rest, or coughing up blood
    .short = Hard to breathe
    .button = Hard to breathe, or blood
    .tell = I have trouble breathing at rest, or I cough up blood.
sign-fainted-or-stroke = Fainted or confused, or face, speech or one side suddenly weak
    .short = Fainted or weak
    .button = Fainted, confused, suddenly weak
    .tell = I have fainted, been confused, or had sudden weakness or slurred speech.
sign-bladder-or-saddle = Cannot pee, leaking pee or poo, or numb between the legs
    .short = Pee or numbness
    .button = Pee, poo, or numb between legs
    .tell = I have trouble with pee or poo, or numbness between my legs.
sign-both-legs = Both legs newly weak, numb or unsteady, not just tired
    .short = Both legs
    .button = Both legs weak, numb, unsteady
    .tell = I have new weakness, numbness or unsteadiness in both legs.
sign-bad-crash = A bad crash or fall, or hit by a vehicle
    .short = Crash or fall
    .button = Bad crash or fall
    .tell = I have had a bad crash or fall.
sign-dark-urine = Pee as dark as cola, not just deep yellow
    .short = Dark pee
    .button = Pee as dark as cola
    .tell = I have pee as dark as cola.
sign-emergency-unspecified = One of the emergency signs
    .button = I am not sure which
    .tell = I have at least one emergency sign from a list.

## Same day

sign-one-limb = One arm, hand or leg still numb, tingling or weak
    .short = One arm or leg
    .button = One arm, hand or leg numb or weak
    .tell = I have one arm, hand or leg that is numb, tingling or weak.
sign-fever-or-ill = Fever or shivers, or feeling really ill
    .short = Fever or ill
    .button = Fever, or really ill
    .tell = I have a fever or shivers, or I feel really ill.
sign-sore-spine = A sore spot right on the spine after a knock
    .short = Sore spine
    .button = Sore spine after a knock
    .tell = I have a sore spot on my spine after a knock.
sign-breath-heart-calf = Sharp pain each breath, heart racing at rest, or one swollen calf
    .short = Breath or calf
    .button = Each breath, heart, or one calf
    .tell = I have sharp pain on breathing, a racing heart, or one swollen calf.
sign-burning-strip = A burning strip or rash on one side
    .short = Burning or rash
    .button = Burning strip or rash
    .tell = I have a burning strip or rash on one side.
sign-night-pain = Pain wakes you every night and no position eases it
    .short = Every night
    .button = Wakes me every night
    .tell = I have pain that wakes me every night, and no position eases it.
sign-same-day-unspecified = One of the same-day signs
    .button = I am not sure which
    .tell = I have at least one sign that should be seen today.

## Short names of all findings

finding-chest-pain = { sign-chest-pain.button }
finding-sudden-worst = { sign-sudden-worst.button }
finding-breathless = { sign-breathless.button }
finding-fainted-or-stroke = { sign-fainted-or-stroke.button }
finding-bladder-or-saddle = { sign-bladder-or-saddle.button }
finding-both-legs = { sign-both-legs.button }
finding-bad-crash = { sign-bad-crash.button }
finding-dark-urine = { sign-dark-urine.button }
finding-emergency-unspecified = An emergency sign, not named
finding-one-limb = { sign-one-limb.button }
finding-fever-or-ill = { sign-fever-or-ill.button }
finding-sore-spine = { sign-sore-spine.button }
finding-breath-heart-calf = { sign-breath-heart-calf.button }
finding-burning-strip = { sign-burning-strip.button }
finding-night-pain = Pain every night
finding-same-day-unspecified = A same-day sign, not named
finding-pain-in-chest = Pain in the chest
finding-pain-in-belly = Pain in the belly
finding-stops-daily-life = Stops everyday things
finding-stops-daily-life-twice = Stops everyday things again
finding-pain = Pain
finding-severe-pain = Pain of 7 or more
finding-very-severe-pain = Pain of 9 or 10
finding-severe-twice = Pain of 7 or more, twice in 48 hours
finding-rising-pain = Worse next morning
finding-cancer-history = Cancer, now or in the past
finding-fragile-bones = Fragile bones or long steroid use

## Where it is

region-blades = Between the shoulder blades
region-side = One side
region-neck = Neck and shoulders
region-lower = Lower back
region-else = Somewhere else
region-chest = Chest
region-belly = Belly
region-limb = Arm or leg
region-other = Another place

## What fits today

contributor-hunched = Hunched or desk day
contributor-longer = Longer or faster than usual
contributor-carried = Carried something
contributor-stiff = Stiff shoulders
contributor-weak = Back tires easily
contributor-none = None of these

## The safety profile

condition-cancer = Cancer, now or in the past
condition-bones = Fragile bones or long steroid use
condition-thinners = Blood thinners
condition-pregnancy = Pregnant, or may be
age-54 = Under 55
age-55 = 55 to 65
age-66 = 66 or older
age-- = Prefer not to say
