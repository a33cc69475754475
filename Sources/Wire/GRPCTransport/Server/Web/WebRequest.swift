// SPDX-License-Identifier: Apache-2.0

// Requests that are none of gRPC, such as a browser's, and who answers them. They come over the
// same port, in HTTP/2 or HTTP/1.1; what is the same of both is here.

package import Callers

/// A request of plain HTTP, whole.
package struct WebRequest: Sendable {
    /// What is asked for.
    package enum Method: String, Sendable {
        /// A page.
        case get = "GET"
        /// What a page's headers would be.
        case head = "HEAD"
        /// That something is done.
        case post = "POST"
    }

    /// The method.
    package let method: Method
    /// The path as it was sent, without what is behind a question mark.
    package let path: String
    /// What is behind the question mark; empty for nothing.
    package let query: String
    /// Header fields with names in lower case; one that comes several times stands here as often.
    package let fields: [(name: String, value: String)]
    /// What was sent along, at most `webBodyBytesMax`.
    package let body: [UInt8]
    /// What is shown of who asks, beside what stands in other fields.
    package let credentials: CallCredentials
    /// Whether it shows more than one token: none of them counts.
    package let showsSeveralTokens: Bool
    /// The address from which the connection comes, without its port: that of a proxy, if there
    /// is one.
    package let peerAddress: String

    /// Makes a request.
    ///
    /// - Parameter target: The path with what is behind the question mark.
    package init(
        _ method: Method,
        target: String,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        credentials: CallCredentials = CallCredentials(certificate: nil, authorization: []),
        showsSeveralTokens: Bool = false,
        peerAddress: String = ""
    ) {
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = String(target[..<(mark ?? target.endIndex)])
        query = mark.map { String(target[target.utf8.index(after: $0)...]) } ?? ""
        (self.method, self.fields, self.body) = (method, fields, body)
        (self.credentials, self.peerAddress) = (credentials, peerAddress)
        self.showsSeveralTokens = showsSeveralTokens
    }

    /// The value of a field; nil where it is not there, or there are several.
    package subscript(field name: String) -> String? {
        let values = fields.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }
}

/// An answer, without its body.
package struct WebHead: Sendable {
    /// The status, such as 200.
    package var status: Int
    /// Header fields with names in lower case, without the length of the body.
    package var fields: [(name: String, value: String)]

    /// Makes one.
    package init(_ status: Int, _ fields: [(name: String, value: String)] = []) {
        (self.status, self.fields) = (status, fields)
    }
}

/// Answers plain requests.
package protocol WebHandler: Sendable {
    /// Answers a request, at once or later. Called on event loops: it must not wait for anything.
    func answer(_ request: WebRequest, _ exchange: WebExchange)
}
