package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeanModuleTest {
  @Test
  void docCommentsAreLeftOutAndLinesKeepTheirNumbers() {
    String source =
        """
        /**
         * What it is.
         */
        export class A {
          /** @type {number} */
          #a = 1; // Stays.
          /** @param {any} b
           *  @returns {any} */ of(b) {
            return '/** no comment */' + b;
          }
        }
        """;
    assertThat(lean(source))
        .isEqualTo(
            """



            export class A {

              #a = 1; // Stays.

             of(b) {
                return '/** no comment */' + b;
              }
            }
            """);
  }

  @Test
  void aTypeThatStandsBeforeAnExpressionStays() {
    String source = "  /** @type {any} */ (x).y();\nz();\n/** last */";
    assertThat(lean(source)).isEqualTo("  /** @type {any} */ (x).y();\nz();\n");
  }

  private static String lean(String source) {
    return new String(
        LeanModule.of(source.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
