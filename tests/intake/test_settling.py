"""Settling, with a made-up clock."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from intake.settling import Seen, Settling

A = Path("/inbox/甲.docx")
B = Path("/inbox/乙.docx")


def test_a_still_file_is_ready_after_the_delay_and_only_once() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 100.0)
    assert settling.ready(101.9) == ()
    settling.saw(A, Seen(10, 1), 101.0)
    assert settling.ready(102.0) == (A,)
    assert settling.ready(200.0) == ()


def test_a_growing_file_waits_until_it_stops_growing() -> None:
    settling = Settling(2.0)
    for second in range(60):
        settling.saw(A, Seen(second * 1000, second), float(second))
        assert settling.ready(float(second)) == ()
    assert settling.ready(60.9) == ()
    assert settling.ready(61.0) == (A,)


def test_the_same_size_with_another_time_waits_again() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    settling.saw(A, Seen(10, 2), 1.5)
    assert settling.ready(2.0) == ()
    assert settling.ready(3.5) == (A,)


def test_the_same_size_and_time_in_another_file_waits_again() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1, 7), 0.0)
    settling.saw(A, Seen(10, 1, 8), 1.0)
    assert settling.ready(2.5) == ()


def test_an_event_without_visible_change_still_restarts_the_wait() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    settling.touched(A, 1.9)
    assert settling.ready(2.0) == ()
    assert settling.ready(3.9) == (A,)


def test_touching_what_was_never_seen_does_nothing() -> None:
    settling = Settling(2.0)
    settling.touched(A, 0.0)
    assert settling.ready(10.0) == ()


def test_a_renamed_file_waits_under_its_new_name() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    settling.gone(A)
    settling.saw(B, Seen(10, 1), 1.0)
    assert settling.ready(2.5) == ()
    assert settling.ready(3.0) == (B,)


def test_a_vanished_file_is_never_ready() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    settling.gone(A)
    assert settling.ready(100.0) == ()
    assert settling.waiting() == ()


def test_a_vanished_folder_takes_its_files_along() -> None:
    settling = Settling(2.0)
    for number in range(1000):
        settling.saw(Path(f"/inbox/低保/{number}.docx"), Seen(1, 1), 0.0)
    settling.saw(A, Seen(1, 1), 0.0)
    settling.gone(Path("/inbox/低保"))
    assert settling.ready(10.0) == (A,)


def test_a_file_given_out_comes_again_only_when_it_has_changed() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    assert settling.ready(2.0) == (A,)
    settling.saw(A, Seen(10, 1), 3.0)
    assert settling.ready(10.0) == ()
    settling.saw(A, Seen(11, 2), 11.0)
    assert settling.ready(12.0) == ()
    assert settling.ready(13.0) == (A,)


def test_a_file_that_was_taken_away_and_comes_back_is_new() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    assert settling.ready(2.0) == (A,)
    settling.gone(A)
    settling.saw(A, Seen(10, 1), 5.0)
    assert settling.ready(7.0) == (A,)


def test_many_are_ready_in_the_order_they_came_to_rest() -> None:
    settling = Settling(1.0)
    paths = [Path(f"/inbox/{number:03}.txt") for number in range(300)]
    for number, path in enumerate(reversed(paths)):
        settling.saw(path, Seen(1, 1), number / 1000)
    assert settling.ready(0.9) == ()
    assert settling.ready(5.0) == tuple(reversed(paths))


def test_a_full_look_forgets_what_is_no_longer_there() -> None:
    settling = Settling(2.0)
    settling.saw(A, Seen(10, 1), 0.0)
    settling.saw(B, Seen(10, 1), 0.0)
    assert settling.ready(2.0) == (A, B) or settling.ready(2.0) == ()
    settling.present({B})
    settling.saw(A, Seen(10, 1), 3.0)
    settling.saw(B, Seen(10, 1), 3.0)
    assert settling.ready(5.0) == (A,)


@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.sampled_from(["saw", "touched", "gone"]), st.integers(0, 3))
    )
)
def test_nothing_is_ready_before_it_was_still_for_the_whole_delay(
    events: list[tuple[float, str, int]],
) -> None:
    settling, now, last, seen = Settling(2.0), 0.0, 0.0, None
    for wait, what, size in events:
        now += wait
        if settling.ready(now):
            assert now - last >= 2.0
        if what == "saw":
            if seen != size:
                last, seen = now, size
            settling.saw(A, Seen(size, 0), now)
        elif what == "touched":
            last = now
            settling.touched(A, now)
        else:
            seen = None
            settling.gone(A)
            assert settling.ready(now) == ()
