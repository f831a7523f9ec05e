//! The groups as a picture: a bar each, as long as we are fast, beside a line for the original.

use std::fmt::Write;

/// Ratios beyond are cut off: the figure says how large they are.
const LONGEST: f64 = 5.0;

const LABELS: usize = 230;
const BARS: usize = 400;
const FIGURES: usize = 60;
const ROW: usize = 24;
const TOP: usize = 28;

/// Where a ratio lies, from the left.
fn place(ratio: f64) -> f64 {
    LABELS as f64 + ratio.min(LONGEST) / LONGEST * BARS as f64
}

/// An SVG of names and ratios. The same ratios make the same file.
pub fn svg(rows: &[(&str, f64)], bar: &str) -> String {
    let (width, height) = (LABELS + BARS + FIGURES, TOP + rows.len() * ROW + 8);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <style>\n\
         text {{ fill: #1f2328 }} rect {{ fill: #2f81c7 }} line {{ stroke: #1f2328 }}\n\
         @media (prefers-color-scheme: dark) {{\n\
         text {{ fill: #e6edf3 }} line {{ stroke: #e6edf3 }}\n}}\n\
         </style>\n"
    );
    for (index, (name, ratio)) in rows.iter().enumerate() {
        let top = TOP + index * ROW;
        let (text, end) = (top + 16, place(*ratio));
        let digits = if *ratio < 9.95 { 1 } else { 0 };
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{}</text>\n\
             <rect x=\"{LABELS}\" y=\"{}\" width=\"{:.1}\" height=\"{}\"/>\n\
             <text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{ratio:.digits$}×</text>",
            LABELS - 8,
            escape(name),
            top + 3,
            end - LABELS as f64,
            ROW - 6,
            width - 8,
        );
    }
    let one = place(1.0);
    let _ = writeln!(
        svg,
        "<line x1=\"{one:.1}\" y1=\"{TOP}\" x2=\"{one:.1}\" y2=\"{}\" stroke-dasharray=\"4 3\"/>\n\
         <text x=\"{one:.1}\" y=\"18\" text-anchor=\"middle\">{}</text>\n</svg>",
        height - 8,
        escape(bar),
    );
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_ratios() {
        let svg = svg(&[("a & b", 2.5), ("far", 120.0)], "1.68.1");
        let text = |part: &str| assert!(svg.contains(part), "{part} is not in {svg}");
        text(">a &amp; b</text>");
        text("width=\"200.0\" height=\"18\"/>");
        text(">2.5×</text>");
        text("width=\"400.0\" height=\"18\"/>");
        text(">120×</text>");
        text("<line x1=\"310.0\"");
        assert_eq!(svg.lines().last(), Some("</svg>"));
    }
}
