// SPDX-License-Identifier: Apache-2.0

// What the environment says of descriptors that were passed along (sd_listen_fds(3)).

package import CommandFiles
internal import VigieLimits

/// Descriptors that whoever started the process has opened for it.
package enum PassedDescriptors {
    /// The first of them (SD_LISTEN_FDS_START).
    static let first: Int32 = 3

    /// The descriptors with their names.
    ///
    /// - Parameter processID: Whom `LISTEN_PID` must mean: a variable that is left of another
    ///   process is not meant for this one. Nil for whoever it means.
    /// - Throws: A bad configuration when they are too many.
    package static func named(
        _ environment: [String: String],
        processID: Int32?
    ) throws(CommandFailure) -> [(descriptor: Int32, name: String)] {
        if let processID, environment["LISTEN_PID"] != "\(processID)" { return [] }
        guard let count = environment["LISTEN_FDS"].flatMap(Int32.init), count > 0 else {
            return []
        }
        guard count <= Int32(ProcessLimits.passedSocketsMax) else {
            throw CommandFailure(.badConfiguration, "LISTEN_FDS is above passedSocketsMax")
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(
            separator: ":",
            omittingEmptySubsequences: false
        ).map(String.init)
        return (0..<count).map { index in
            let place = Int(index)
            return (first + index, names.indices.contains(place) ? names[place] : "unknown")
        }
    }
}
