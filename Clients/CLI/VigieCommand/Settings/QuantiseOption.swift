// SPDX-License-Identifier: Apache-2.0

// When rows go to the server as bytes.

internal import ArgumentParser
internal import VigieClient

/// The values of `--quantise`.
enum QuantiseOption: String, CaseIterable, ExpressibleByArgument {
    case auto, never, always

    /// What the client calls it.
    var quantisation: ScoreOptions.Quantisation {
        switch self {
        case .auto: .automatic
        case .never: .never
        case .always: .always
        }
    }
}
