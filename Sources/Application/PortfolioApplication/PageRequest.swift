// SPDX-License-Identifier: Apache-2.0

// Pages of lists in a store: a token is what the last page ended with, so that what comes and goes
// meanwhile neither repeats nor hides anything else.

internal import Digests
package import ServiceErrors
internal import VigieLimits

/// What page somebody asks for.
package struct PageRequest: Sendable {
    private let pageSize: Int
    private let pageToken: String

    /// Takes what was asked.
    ///
    /// - Parameters:
    ///   - size: Most entries; 0 leaves the choice to the server.
    ///   - token: The token that the page before gave; empty for the first page.
    package init(size: Int, token: String) { (pageSize, pageToken) = (size, token) }

    /// Most entries of the page.
    package func size() throws(ServiceError) -> Int {
        guard pageSize >= 0 else {
            throw .negativePageSize(pageSize)
        }
        return pageSize == 0 ? StoreLimits.pageSize : min(pageSize, StoreLimits.listedMax)
    }

    /// The name behind which the page begins; nil for the first.
    func lastName() throws(ServiceError) -> String? {
        guard !pageToken.isEmpty else { return nil }
        guard let bytes = Base64.addresses.bytes(pageToken.utf8), bytes.first == UInt8(ascii: "n"),
            let name = String(validating: bytes.dropFirst(), as: UTF8.self)
        else { throw .unknownPageToken(pageToken) }
        return name
    }

    /// The number behind which the page of a list begins; 0 for the first. A token of another list
    /// is none of this one.
    package func lastNumber(in list: Int) -> Result<Int, ServiceError> {
        guard !pageToken.isEmpty else { return .success(0) }
        let parts = pageToken.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "\(list)", let number = Int(parts[1]), number > 0 else {
            return .failure(.unknownPageToken(pageToken))
        }
        return .success(number)
    }

    /// The token of the page behind a number of a list.
    package static func token(_ number: Int, in list: Int) -> String { "\(list)-\(number)" }

    /// The token of the page behind a name.
    static func token(_ name: String) -> String {
        Base64.addresses.text(Array("n".utf8) + name.utf8)
    }
}
