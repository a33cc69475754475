// SPDX-License-Identifier: Apache-2.0

// The files of the page: parts of the program, given to anybody, for there is no data in them.

internal import CDashboardPages
internal import Digests
internal import GRPCTransport

/// Files that a browser fetches.
struct WebPages: Sendable {
    private struct Page: Sendable {
        let type: String
        let bytes: [UInt8]
        let tag: String
    }

    private let pages: [String: Page]

    init() {
        var count = 0
        let files = UnsafeBufferPointer(start: vigie_dashboard_files(&count), count: count)
        var pages: [String: Page] = [:]
        for file in files {
            let bytes = [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.length))
            let digest = Digest.hexadecimal(Digest.sha256(bytes)).prefix(32)
            pages[String(cString: file.path)] = Page(
                type: String(cString: file.type),
                bytes: bytes,
                tag: "\"\(digest)\""
            )
        }
        self.pages = pages
    }

    /// Answers with a file.
    ///
    /// - Returns: False when there is none of this path.
    func answer(_ request: WebRequest, _ exchange: WebExchange) -> Bool {
        guard request.method != .post, let page = pages[request.path] else { return false }
        let fields = Self.fields + [("etag", page.tag), ("content-type", page.type)]
        if request[field: "if-none-match"] == page.tag {
            exchange.respond(WebHead(304, fields))
        } else {
            exchange.respond(WebHead(200, fields), page.bytes)
        }
        return true
    }

    /// What browsers may do with the page: run its own scripts, ask its own server, and no more.
    private static let fields: [(name: String, value: String)] = [
        ("cache-control", "no-cache"),
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ]
}
