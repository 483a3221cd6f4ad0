package dev.tutti.browser;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** What is looked at on a page as a whole. */
final class Screens {
  /** Between two pictures, in pixels. */
  private static final int GAP = 16;

  /** The visible controls that a screen reader could not name. */
  static final String NAMELESS =
      """
      [...document.querySelectorAll('button, a, input, textarea, select, dialog[open], [role=img]')]
        .filter((control) => control.checkVisibility())
        .filter((control) => {
          const label = control.getAttribute('aria-label');
          const texts = [label, control.labels?.[0]?.textContent];
          if (!control.matches('input, textarea, select')) texts.push(control.textContent);
          return !texts.some((text) => text?.trim());
        })
        .map((control) => control.outerHTML.slice(0, 120))
      """;

  private Screens() {}

  /** Two pictures side by side. */
  static void beside(Path file, byte[] left, byte[] right) throws IOException {
    BufferedImage a = ImageIO.read(new ByteArrayInputStream(left));
    BufferedImage b = ImageIO.read(new ByteArrayInputStream(right));
    int height = Math.max(a.getHeight(), b.getHeight());
    BufferedImage both =
        new BufferedImage(a.getWidth() + GAP + b.getWidth(), height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = both.createGraphics();
    canvas.drawImage(a, 0, 0, null);
    canvas.drawImage(b, a.getWidth() + GAP, 0, null);
    canvas.dispose();
    ImageIO.write(both, "png", file.toFile());
  }
}
