package io.meridian.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);
    private final List<String> granted = new ArrayList<>();

    @Test
    void bytesAreGrantedInTheOrderOfAsking() {
        ByteBudget.Reservation first = reserve(90, "first");
        ByteBudget.Reservation large = reserve(80, "large");
        ByteBudget.Reservation small = reserve(5, "small");
        assertThat(large.isGranted()).isFalse();
        assertThat(small.isGranted()).isFalse();

        first.release();

        assertThat(granted).containsExactly("large", "small");
        assertThat(budget.usedBytes()).isEqualTo(85);
    }

    @Test
    void aGrantAtOnceCallsNobody() {
        assertThat(reserve(100, "all").isGranted()).isTrue();
        assertThat(granted).isEmpty();
    }

    @Test
    void whoGivesUpItsPlaceLetsTheNextIn() {
        reserve(90, "first");
        ByteBudget.Reservation large = reserve(80, "large");
        reserve(10, "small");
        large.release();
        assertThat(granted).containsExactly("small");
        assertThat(budget.usedBytes()).isEqualTo(100);
    }

    @Test
    void releasingTwiceGivesBackOnce() {
        ByteBudget.Reservation first = reserve(50, "first");
        reserve(50, "second");
        first.release();
        first.release();
        assertThat(budget.usedBytes()).isEqualTo(50);
    }

    @Test
    void whatCanNeverBeGrantedIsRefused() {
        assertThatThrownBy(() -> reserve(101, "too much")).isInstanceOf(IllegalArgumentException.class);
    }

    private ByteBudget.Reservation reserve(long bytes, String name) {
        return budget.reserve(bytes, () -> granted.add(name));
    }
}
