package io.meridian.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.server.testing.PromQuery.Selection;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQueryTest {
    @Test
    void selectionsHaveTheLabelsTheyAreSelectedAndGroupedBy() {
        assertThat(PromQuery.selections(
                        "histogram_quantile(0.99, sum by (le) (rate(a_bucket{api=\"Fetch\"}[5m]))) > 0"))
                .containsExactly(new Selection("a_bucket", Set.of("api", "le")));
        assertThat(PromQuery.selections("sum(rate(a_total[$__rate_interval])) by (topic) / (b{x!~\"y|z\"} * 60)"))
                .containsExactly(new Selection("a_total", Set.of("topic")), new Selection("b", Set.of("x")));
    }

    @Test
    void whatIsNoQueryFails() {
        for (String text : new String[] {"", "a b", "sum by (x (a)", "a{b}", "rate(a[5])", "a +", "sum(a))", "a ^ 2"}) {
            assertThatThrownBy(() -> PromQuery.selections(text)).as(text).isInstanceOf(AssertionError.class);
        }
    }
}
