package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.behaviour.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void thePageNamesEverySwitchWithItsDefault() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "aks-simulator.md"));
        assertThat(Arrays.stream(Behaviour.values())
                        .map(b -> "| `" + b.option() + "` | "
                                + (b.standard().isEmpty() ? "(none)" : "`" + b.standard() + "`") + " | "
                                + b.meaning() + " |"))
                .allSatisfy(row -> assertThat(page).contains(row));
    }
}
