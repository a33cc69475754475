// SPDX-License-Identifier: Apache-2.0

// The list of who was erased, as a file beside the backups: a backup that is restored has those
// persons again, and this has them forgotten.

internal import CommandFiles
internal import Databases
internal import Documents
internal import PortfolioStore
internal import VigieLimits

/// A file with a list of erasures.
struct ErasureFile {
    /// Where it is.
    let path: String

    /// The file that is named, or else the one beside a store of SQLite.
    ///
    /// - Throws: For PostgreSQL, beside which there is nothing.
    init(named path: String?, for address: DatabaseAddress) throws(CommandFailure) {
        switch (path, address) {
        case (let path?, _): self.path = path
        case (nil, .file(let store)): self.path = store + ".erasures"
        case (nil, .postgresql):
            throw CommandFailure(
                .usage,
                "a list of erasures is kept beside the backups, and none is named",
                hint: "name it with --erasures; one that is not there is made"
            )
        }
    }

    /// The list; an empty one where there is no file.
    func list() throws -> ErasureList { try ErasureList(bytes()) }

    /// Adds erasures, safe on disk when this returns.
    func add(_ erasures: [Erasure]) throws {
        let lock = try FileLock(of: path)
        let bytes = try bytes()
        let addition = try ErasureList(bytes).addition(of: erasures)
        let sink = try ByteSink.file(path, isPrivate: true)
        sink.write(bytes.prefix(addition.keptByteCount))
        sink.write(addition.bytes)
        try sink.finish()
        withExtendedLifetime(lock) {}
    }

    private func bytes() throws(CommandFailure) -> [UInt8] {
        guard FileIdentity(path: path) != nil else { return [] }
        return try SmallFile.bytes(path: path, bytesMax: StoreLimits.erasureListBytesMax)
    }
}
