// SPDX-License-Identifier: Apache-2.0

// How servers of one store hear of each other's changes before they would look by themselves.

internal import Databases

/// Hears of what other servers change, and tells them of what this one does.
package struct StoreBell: Sendable {
    private let bell: DatabaseBell

    init(_ bell: DatabaseBell) { self.bell = bell }

    /// Hears and tells until the end, on a thread of the caller's.
    ///
    /// - Parameter hear: Called when another server has changed something, or may have.
    package func run(_ hear: () -> Void) { bell.run(hear) }

    /// Ends that.
    package func end() { bell.end() }
}
