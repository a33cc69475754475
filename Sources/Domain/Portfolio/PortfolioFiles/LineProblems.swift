// SPDX-License-Identifier: Apache-2.0

// Problems of lines, counted all and kept as far as they are told. Words are made only for those.

internal import Documents
internal import Quantities
internal import VigieLimits

/// Problems while a file is read.
struct LineProblems {
    /// How many there were.
    private(set) var count = 0
    private(set) var kept: [PortfolioFileProblem] = []
    /// The companies of those kept problems that are of repeated ones.
    private var repeated: [(place: Int, company: SeenCompanies.Key)] = []

    /// Notes a problem.
    ///
    /// - Parameter words: What is wrong and what to do, made when they are kept.
    mutating func add(
        _ code: PortfolioFileProblem.Code,
        line: Int,
        column: String,
        _ value: UnsafeRawBufferPointer,
        _ words: () -> (message: String, advice: String)
    ) {
        count += 1
        guard kept.count < DocumentLimits.problems else { return }
        let (message, advice) = words()
        // A character has four bytes at most; what is cut within one shows it behind the end.
        let start = value.prefix(4 * InputLimits.quotedValueCharactersMaximum + 4)
        kept.append(
            PortfolioFileProblem(
                code: code,
                line: line,
                column: shortened(column),
                value: shortened(String(decoding: start, as: UTF8.self)),
                message: message,
                advice: advice
            )
        )
    }

    /// Notes that the last problem is of a company that an earlier line names.
    mutating func markLast(_ company: SeenCompanies.Key) {
        guard kept.count == count, let last = kept.indices.last else { return }
        repeated.append((last, company))
    }

    /// The kept problems, with the lines in which repeated companies are named first.
    func told(_ seen: SeenCompanies) -> [PortfolioFileProblem] {
        var told = kept
        let lines = seen.firstLines(of: Set(repeated.map(\.company)))
        for (place, company) in repeated { told[place].firstLine = lines[company] }
        return told
    }
}
