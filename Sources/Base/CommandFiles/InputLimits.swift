// SPDX-License-Identifier: Apache-2.0

// All limits on what is read from a file.

/// Limits on input files. A limit that is hit ends the command with an error that names it.
package enum InputLimits {
    /// Bytes asked for with one read.
    package static let chunkBytes = 1 << 18
    /// Longest record (a line, or several when quoted cells hold line ends), in bytes.
    package static let recordBytesMaximum = 1 << 20
    /// Most columns of a file.
    package static let columnsMaximum = 16_384
    /// Characters of a bad value that are repeated in messages and output.
    package static let quotedValueCharactersMaximum = 60
    /// Bad rows that are told on stderr before only counting.
    package static let reportedBadRowsMaximum = 10
}
