package dev.carillon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "src/site/markdown/guide/history.md");

    @Test
    void theGuideHasTheTablesAsTheyAreMade() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Schema.tables("PostgreSQL"))
                .allSatisfy(table -> assertThat(page).contains("\n" + table + ";\n"));
    }
}
