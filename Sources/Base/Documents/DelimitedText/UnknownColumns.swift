// SPDX-License-Identifier: Apache-2.0

// All columns that fit nothing, told at once, each with a guess, and the options
// with which one can go on.

internal import VigieLimits

/// Tells about the columns of a header that are not expected.
package enum UnknownColumns {
    /// The error of columns that are no inputs, and those that were guessed to be some. `taken` are
    /// the inputs that the header has.
    package static func error(
        _ unknown: [String],
        inputs: [TableInput],
        taken: Set<String>,
        hasIdentifier: Bool,
        source: String
    ) -> (error: InputError, guessed: Set<String>) {
        let guess = ColumnGuess(inputs)
        var taken = taken
        var guessed: Set<String> = []
        var hasIdentifier = hasIdentifier
        var lines: [String] = []
        var options: [String] = []
        var keeps = unknown.count > InputLimits.namedColumnsMaximum
        for name in unknown.prefix(InputLimits.namedColumnsMaximum) {
            let shown = "  '\(shortened(name))': "
            if !hasIdentifier, ColumnGuess.isIdentifier(name) {
                hasIdentifier = true
                lines.append(shown + "the identifier? --id")
                options += ["--id", name]
            } else if let input = guess.input(for: name, taken: taken) {
                taken.insert(input)
                guessed.insert(name)
                lines.append(shown + "\(input)? --map")
                options += ["--map", "\(name)=\(input)"]
            } else {
                keeps = true
                lines.append(shown + "like no input; --keep or --ignore-unknown-columns")
            }
        }
        if unknown.count > InputLimits.namedColumnsMaximum {
            lines.append("  and \(unknown.count - InputLimits.namedColumnsMaximum) more")
        }
        let noun =
            unknown.count == 1
            ? "a column that is no input"
            : "\(unknown.count) columns "
                + "that are no inputs"
        let error = InputError(
            .content,
            (["\(source) has \(noun) of the model:"] + lines).joined(separator: "\n"),
            nextOptions: options + (keeps ? ["--keep-all"] : [])
        )
        return (error, guessed)
    }

    /// The error of inputs that a header lacks, each with the column that it may be.
    package static func lacking(
        _ lacking: [String],
        header: [String],
        inputs: [TableInput],
        source: String,
        hint: String
    ) -> InputError {
        let taken = Set(header).intersection(inputs.map(\.name))
        let guess = ColumnGuess(inputs.filter { lacking.contains($0.name) })
        var guessed: Set<String> = []
        var options: [String] = []
        for name in header.prefix(InputLimits.namedColumnsMaximum) where !taken.contains(name) {
            guard let input = guess.input(for: name, taken: guessed) else { continue }
            guessed.insert(input)
            options += ["--map", "\(name)=\(input)"]
        }
        return InputError(
            .content,
            "\(source) lacks \(lacking.count) of the model's \(inputs.count) columns: "
                + "\(listed(lacking)); its own are \(listed(header))",
            hint: hint,
            nextOptions: options
        )
    }
}
