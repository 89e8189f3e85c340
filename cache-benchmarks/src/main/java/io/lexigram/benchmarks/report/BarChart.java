package io.lexigram.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as an SVG image; ours stand out. */
final class BarChart {

    private static final int WIDTH = 760;
    private static final int LABELS = 290;
    private static final int BARS = 360;
    private static final int LINE = 24;
    private static final int TOP = 44;

    /** @param ours whether it is a row of this library */
    record Bar(String label, double value, boolean ours) {}

    private BarChart() {}

    static String svg(String title, List<Bar> bars) {
        double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"12\" y=\"26\" font-size=\"15\" font-weight=\"bold\" fill=\"#222222\">%s</text>%n",
                WIDTH,
                TOP + LINE * bars.size() + 10,
                escaped(title)));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(line(bars.get(i), TOP + LINE * i, greatest));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(Bar bar, int y, double greatest) {
        double length = Math.max(1, BARS * bar.value() / greatest);
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%s</text>%n",
                LABELS - 8,
                y + 15,
                escaped(bar.label()),
                LABELS,
                y + 3,
                length,
                LINE - 7,
                bar.ours() ? "#2b6cb0" : "#a0aec0",
                LABELS + length + 6,
                y + 15,
                Estimate.Figures.of(bar.value()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
