# The two lists, and short names for everything a rule can speak of.
#
# sign-*          one line of a list, 12 words at most
#   .short        the answer to "Which one?" under an emergency, two a row, 16 characters
#   .button       the answer to "Which one?", 34 characters at most
#   .tell         what to say to the people who look after you: "I have ...", one short sentence
# finding-*       short names for history, export and "because"
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

## Once a week, while pain lasts

sign-lump = A new lump or swelling on your back, or it changed shape
    .short = Lump or shape
    .button = New lump, or back changed shape
    .tell = I have a new lump on my back, or my back has changed shape.
sign-weight-loss = You lost weight without trying
    .short = Lost weight
    .button = Lost weight without trying
    .tell = I have lost weight without trying.
sign-worse-coughing = Much worse when you cough, sneeze or strain on the toilet
    .short = Worse on cough
    .button = Worse on cough, sneeze or strain
    .tell = I have back pain that gets much worse when I cough, sneeze or strain.
sign-yellow-skin = Yellow skin or yellow eyes
    .short = Yellow skin
    .button = Yellow skin or eyes
    .tell = I have yellow skin or eyes.
sign-meal-pain = Pain that comes and goes with meals
    .short = With meals
    .button = Comes and goes with meals
sign-morning-stiffness = Stiff over 30 minutes each morning, for 3 months or more
    .short = Stiff mornings
    .button = Stiff mornings for 3 months

sign-weekly-unspecified = One of the slower signs
    .button = I am not sure which
    .tell = I have at least one sign that should be seen today.

## What to say of findings that are on no list

sign-moving-pain =
    .tell = I have sudden pain that moves through my chest or back.
sign-coughed-blood =
    .tell = I coughed up blood.
sign-fainted =
    .tell = I fainted.
sign-seizure =
    .tell = I had a seizure.
sign-confused =
    .tell = I have been confused.
sign-stroke-sign =
    .tell = I had sudden weakness on one side, or trouble with my face, speech or sight.
sign-bladder-or-bowel =
    .tell = I have lost control of pee or poo, or I cannot pee.
sign-saddle-numb =
    .tell = I am numb between my legs.
sign-sexual-loss =
    .tell = I have new trouble with sex, such as numbness or no erection.
sign-unsteady =
    .tell = I am newly unsteady on my legs.
sign-recent-emergency =
    .tell = I had an emergency sign in the last days. It is over now.
sign-foot-drop =
    .tell = I cannot lift one foot properly.
sign-muscle-breakdown =
    .tell = I have very painful, swollen or weak muscles since a hard run.
sign-very-ill =
    .tell = I feel very ill.
sign-jaw-ache =
    .tell = I have an ache in my jaw.
sign-arm-ache =
    .tell = I have an ache in my arm.
sign-cold-sweat =
    .tell = I am in a cold sweat.
sign-nausea =
    .tell = I feel sick.
sign-light-headed =
    .tell = I feel faint.
sign-short-of-breath =
    .tell = I am short of breath.
sign-bad-headache =
    .tell = I have a bad headache.
sign-vomiting =
    .tell = I have been throwing up.
sign-drank-a-lot =
    .tell = I drank a lot during a long run.
sign-puffy =
    .tell = I am puffy and swollen.
sign-stiff-neck =
    .tell = I have a stiff neck.
sign-minor-knock =
    .tell = I had a small knock or fall.
sign-recent-infection =
    .tell = I had an infection not long ago.
sign-clumsy-hands =
    .tell = I have clumsy hands and drop things.
sign-neck-shocks =
    .tell = I get electric shocks down my back when I bend my neck.
sign-fever =
    .tell = I have a fever or shivers.
sign-ill =
    .tell = I feel really ill.
sign-pain-on-breathing =
    .tell = I have sharp pain on each breath.
sign-palpitations =
    .tell = I have a racing or skipping heart at rest.
sign-swollen-calf =
    .tell = I have one swollen, sore calf.
sign-constant-pain =
    .tell = I have constant pain that rest does not ease.
sign-pain-in-chest =
    .tell = I have pain in my chest after running.
sign-very-severe-pain =
    .tell = I have upper back pain of 9 or 10 out of 10.
sign-severe-twice =
    .tell = I have upper back pain that was 7 or more twice in 48 hours.
sign-cancer-history =
    .tell = I have or had cancer, and my back pain is new.
sign-fragile-bones =
    .tell = I have fragile bones or long steroid use, and my back pain is new.
sign-over-55 =
    .tell = I am 55 or older.

## Short names of all findings

finding-chest-pain = { sign-chest-pain.button }
finding-sudden-worst = { sign-sudden-worst.button }
finding-breathless = { sign-breathless.button }
finding-fainted-or-stroke = { sign-fainted-or-stroke.button }
finding-bladder-or-saddle = { sign-bladder-or-saddle.button }
finding-both-legs = { sign-both-legs.button }
finding-bad-crash = { sign-bad-crash.button }
finding-dark-urine = { sign-dark-urine.button }
finding-emergency-unspecified = Something that may be an emergency sign
finding-one-limb = { sign-one-limb.button }
finding-fever-or-ill = { sign-fever-or-ill.button }
finding-sore-spine = { sign-sore-spine.button }
finding-breath-heart-calf = { sign-breath-heart-calf.button }
finding-burning-strip = { sign-burning-strip.button }
finding-night-pain = Pain every night
finding-same-day-unspecified = Something that may need a doctor today
finding-moving-pain = Pain that moves
finding-coughed-blood = Coughed up blood
finding-fainted = Fainted
finding-seizure = A seizure
finding-confused = Confused
finding-stroke-sign = Face, speech or one side weak
finding-bladder-or-bowel = Pee or poo out of control
finding-saddle-numb = Numb between the legs
finding-sexual-loss = New numbness or trouble with sex
finding-unsteady = Newly unsteady legs
finding-foot-drop = One foot that drops
finding-muscle-breakdown = Muscles swollen, sore and weak
finding-very-ill = Very ill
finding-self-harm = Thoughts of self-harm
finding-someone-else = Someone else in danger
finding-recent-emergency = An emergency sign in the last days, now over
finding-jaw-ache = Ache in the jaw
finding-arm-ache = Ache in the arm
finding-cold-sweat = Cold sweat
finding-nausea = Feeling sick
finding-light-headed = Feeling faint
finding-short-of-breath = Short of breath
finding-bad-headache = Bad headache
finding-vomiting = Throwing up
finding-drank-a-lot = Drank a lot on a long run
finding-puffy = Puffy or swollen all over
finding-stiff-neck = Stiff neck
finding-minor-knock = A small knock or fall
finding-recent-infection = An infection not long ago
finding-clumsy-hands = Clumsy hands
finding-neck-shocks = Shocks when the neck bends
finding-fever = Fever or shivers
finding-ill = Really ill
finding-pain-on-breathing = Sharp pain on each breath
finding-palpitations = Heart racing at rest
finding-swollen-calf = One swollen calf
finding-constant-pain = Pain that rest does not ease
finding-weight-loss = { sign-weight-loss.button }
finding-lump = { sign-lump.button }
finding-worse-coughing = { sign-worse-coughing.button }
finding-meal-pain = { sign-meal-pain.button }
finding-yellow-skin = { sign-yellow-skin.button }
finding-morning-stiffness = { sign-morning-stiffness.button }
finding-weekly-unspecified = Something that may need a doctor soon
finding-pain-in-chest = Pain in the chest
finding-pain-in-belly = Pain in the belly
finding-stops-daily-life = Stops everyday things
finding-stops-daily-life-twice = Stops everyday things again
finding-pain = Pain
finding-severe-pain = Pain of 7 or more
finding-very-severe-pain = Pain of 9 or 10
finding-severe-twice = Pain of 7 or more, twice in 48 hours
finding-rising-pain = Worse next morning
finding-rising-twice = Worse next morning, after two runs in a row
finding-three-flares = Three flare-ups within 8 weeks
finding-lasting-7 = Pain for a week or more
finding-lasting-14 = Pain for 2 weeks or more
finding-lasting-28 = Pain for 4 weeks or more
finding-lasting-42 = Pain for 6 weeks or more
finding-first-episode = Back pain for the first time
finding-no-better = Three tips did not help
finding-cancer-history = Cancer, now or in the past
finding-fragile-bones = Fragile bones or long steroid use
finding-over-55 = 55 or older
finding-pregnant = Pregnant, or may be

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
