"""Clear English sentences, one trap each, read by the shipped phrases without the classifier."""

from __future__ import annotations

import pytest

from bot.classifier.dictionaries import known_words
from bot.domain.red_flags import Urgency
from bot.reading.findings import Outcome
from bot.reading.readers import Readers

EMERGENCY = (Outcome.ESCALATE, Urgency.EMERGENCY)
SAME_DAY = (Outcome.ESCALATE, Urgency.URGENT)
ASK = (Outcome.ASK, None)
PASS = (Outcome.PASS, None)

SENTENCES = {
    ("a list of denials", PASS): """
        No chest pain, no numbness, no fever.
        No chest pain, numbness, tingling or fever.
        I don't have chest pain, weakness or numbness.
        no chest pain no numb legs no fever
        I have neither chest pain nor fever.
        Denies chest pain, palpitations, or fainting.
        Without any chest pain, fever or numbness.
        No pins and needles, no weakness, no fever.
        No problems with my bladder or bowels.
        Not numb, not weak, just sore.
        none of these: chest pain, fever, numb legs
    """,
    ("one denial", PASS): """
        My back aches but I have no numbness or weakness.
        I never fainted and I have no fever.
        I haven't had any chest pain.
        I've never had numb hands.
        I was not hit by a car.
        I did not faint.
        My legs are not numb.
        My hand is not numb any more.
        There is no numbness anywhere.
        absolutely no numbness
        No, my legs are not numb.
        I thought I would faint but I didn't.
        I don't want to kill myself.
    """,
    ("answers with no", PASS): """
        Chest pain: no. Fever: no. Numb legs: no.
        Chest pain? No.
        chest pain? nope
        Fever? None.
        fever - no
        numb legs? not at all
        Any chest pain? Never.
        numbness no, fever no, chest pain no
        chest pain ❌
        ❌ chest pain ❌ fever
    """,
    ("a no that denies nothing of it", EMERGENCY): """
        No fever, but I have chest pain.
        I don't have a fever but my chest is tight.
        No numbness. I have chest pain.
        all good apart from chest pain
        nothing except chest pain
        nope still chest pain
        It's not nothing: my chest hurts.
        No, I can't feel my legs.
        no i cant breathe
        No, my chest hurts.
        no, I have chest pain
    """,
    ("negative words that state a sign", EMERGENCY): """
        I can't feel my legs.
        I can't catch my breath sitting here.
        I can't get rid of this chest pain.
        The chest pain won't go away.
        I have never had such chest pain before.
        No doubt about it, my chest hurts.
        Not only is my back sore, I have chest pain too.
        The chest pain is not getting better.
        I have no feeling in both legs.
        no control over my bladder
        I'm not sure why but I have chest pain
        The chest pain has not gone.
        never known pain like this
        I haven't peed since yesterday
        I don't feel anything when I wipe
        I don't want to live any more.
        I cannot sleep with this chest pain.
        I can't run with this chest pain.
        I haven't been able to feel my legs since the run.
        the chest pain isn't any better today
        Why won't this chest pain stop?
    """,
    ("negative words that state a same-day sign", SAME_DAY): """
        I can't feel my left hand.
        I can't feel two of my fingers.
        I couldn't hold my cup because my hand is weak.
    """,
    ("a denial denied", EMERGENCY): """
        I can't run without chest pain.
        I don't go a day without chest pain
        I can't climb the stairs without getting chest pain
        Not a single run goes by without chest pain.
        There is not a run without chest pain.
        I never run without chest pain any more
    """,
    ("long ago", PASS): """
        I had chest pain in 2015.
        I fainted years ago.
        Two years ago I had chest pain on runs.
        When I was a kid I had seizures.
        I used to get numb hands.
        My hand was numb last year after a fall.
    """,
    ("old and still there", EMERGENCY): """
        I still have chest pain
        I have had chest pain for two weeks.
    """,
    ("old and still there, same day", SAME_DAY): """
        My left hand has been numb for two months.
        I had cancer ten years ago and now my back hurts.
    """,
    ("over since not long ago", ASK): """
        I had chest pain yesterday but it's gone now.
        My left hand was numb this morning, it has passed.
        the chest pain went away
        My legs were numb this morning but they are fine now.
        Earlier today I had chest pain, now it is gone.
    """,
    ("over, and it counts all the same", EMERGENCY): """
        slurred speech, gone now
        I fainted after the run, I'm fine now
    """,
    ("somebody else", PASS): """
        My friend wanted to kill herself last year, she is better now.
        My dad had a heart attack.
        My brother has chest pain sometimes.
        A friend fainted at a race last year.
        My mum had a stroke in March.
        His chest hurt at the race last year.
    """,
    ("somebody else, now", EMERGENCY): """
        My friend wants to kill herself.
        My brother says he is going to end his life.
        My husband has collapsed and is not breathing, please help.
        help, my friend is having a seizure right now
        A man next to me collapsed and is not breathing!
        My friend has just collapsed, what do I do?
        He has chest pain right now, help
    """,
    ("the runner beside somebody else", EMERGENCY): """
        my dad had a heart attack and now I have chest pain
        My wife says I passed out.
        My friend said my face is drooping.
        I passed out and my friend drove me home.
    """,
    ("only supposed", PASS): """
        What if I get chest pain?
        What should I do if I have chest pain?
        If I ever get chest pain I would stop running.
        Which signs of a stroke should I look out for?
        Can running cause numb hands?
        What are the symptoms of a stroke?
        I'm reading a book about strokes.
        Imagine having a seizure in a race.
    """,
    ("asked about", ASK): """
        Is it normal to get chest pain after a run?
        Is chest pain after a run normal?
        should I worry about tingling fingers?
        Could this be chest pain?
        Do I have a fever?
    """,
    ("asked about as there", EMERGENCY): """
        Why can't I feel my legs?
        Why does my chest hurt?
    """,
    ("unsure", ASK): """
        I might have some numbness in my left hand.
        I think I maybe have chest pain, not sure.
        sort of a tight chest
        Maybe my chest hurts a bit.
        perhaps a little numbness in the left foot
        it could be chest pain, hard to tell
        My left arm is possibly weak.
        my hand might be numb
    """,
    ("words for other things", PASS): """
        My chest strap is too tight.
        Weak coffee this morning.
        I did chest press at the gym.
        I need a new saddle.
        The arms race is on TV.
        My watch died.
        I had a stroke of luck.
        The app crashed.
        I ran 39 km.
        There's a blood blister on my toe.
        calf stretches helped
        We had a blackout at home, no lights.
        Football fever is on.
    """,
    ("figures of speech", PASS): """
        I nearly died on that hill.
        That hill was killing me.
        My legs felt like jelly after the hills.
        I hit the wall at 35 km.
        The view was breathtaking.
        I'd kill for a massage.
        My heart sank when it rained.
        my quads are on fire
        I wanted to die on that hill.
        The race was 10/10 would recommend
        I had a heart attack when I saw the time.
    """,
    ("typing errors and missing spaces", EMERGENCY): """
        I have chset pain.
        my chst hurts
        cehst pain
        chest presure
        I cant breathe properly
        chestpain
        cantbreathe
        I have chestpain since the run
        I fianted after the run
        I can`t pee
        I can\u2019t pee
        I can\u00b4t pee
    """,
    ("pictures beside words", EMERGENCY): """
        both my legs are numb 😢
        my chest hurts 😭😭
        coughing 🩸
    """,
    ("British and American", EMERGENCY): """
        my pee is the colour of cola
        my pee is the color of cola
        My wee is brown.
        I can't feel my bum
        I can't feel my butt
    """,
    ("no punctuation", EMERGENCY): """
        chest pain
        CHEST PAIN
        chest pain since the run and my arm aches and im sweating
        i have chest pain i am scared
        no numbness all good but chest hurts
    """,
    ("no punctuation, nothing", PASS): """
        my back hurts its stiff no chest pain no numbness just stiff
        no pain no numbness all good
    """,
    ("several sentences", EMERGENCY): """
        Back is stiff. Nice run. Chest feels crushed.
        Nice 10k today. I fainted at the finish.
        Ran ten k. Felt great. Then I passed out. Now at home.
    """,
    ("several sentences, nothing", PASS): """
        Lovely run. My back is stiff. No other problems.
        I ran. I rested. I ate. All fine.
    """,
    ("contradictions", EMERGENCY): """
        I'm fine, just can't feel my legs.
        No chest pain. Actually yes, I have chest pain.
        I have chest pain. I don't have chest pain when I lie down.
        My chest hurts but it's probably nothing
        No chest pain at rest. I do have chest pain when I run.
        I have chest pain. No, really.
    """,
    ("contradictions, same day", SAME_DAY): """
        no chest pain but my left hand is numb
        no fever yesterday but now I have a fever
    """,
    ("thoughts of self-harm", EMERGENCY): """
        I want to kill myself.
        I want to die
        I'd be better off dead
        I wouldn't mind being dead
    """,
    ("plainly said, same day", SAME_DAY): """
        I keep dropping mugs
        temperature of 39
        my temp is 39.5
        I have a high temperature.
        one calf is swollen and hot
        The pain is 10 out of 10.
        the pain wakes me every night
        my heart is racing while I sit on the sofa
    """,
    ("effort and a plain sore back", PASS): """
        I was out of breath on the hill.
        my heart was pounding in the sprint
        My back is sore between the shoulder blades, 6 out of 10.
        pain 3/10
    """,
}


def cases():
    for (trap, expected), block in SENTENCES.items():
        for text in filter(None, map(str.strip, block.splitlines())):
            yield pytest.param(text, *expected, id=f"{trap}: {text}")


@pytest.fixture(scope="module")
def read(library):
    return Readers(library.grammars, {}, library.ruleset, known_words).of("en").read


@pytest.mark.parametrize(("text", "outcome", "urgency"), [*cases()])
def test_a_clear_sentence_is_understood(read, text, outcome, urgency):
    reading = read(text)
    assert (reading.outcome, urgency or reading.urgency) == (outcome, reading.urgency)
