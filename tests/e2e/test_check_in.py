"""A check-in, as a chat."""


async def test_a_pain_free_check_in_takes_one_tap(anna):
    await anna.says("/checkin")
    await anna.taps("0 · no pain")
    texts = [message.text for message in await anna.bot_messages()]
    assert any("Thanks. No pain today." in text for text in texts)


async def test_a_painful_check_in_takes_five_taps_and_ends_with_a_tip(anna):
    await anna.says("/checkin")
    for tap in ("6", "None of these", "None of these", "Between the shoulder blades"):
        await anna.taps(tap)
    await anna.taps("Hunched or desk day")
    texts = [message.text for message in await anna.bot_messages()]
    tip = next(text for text in reversed(texts) if "Stop if" in text)
    assert "How much" in tip
    assert "Get medical help if it gets worse." in tip
