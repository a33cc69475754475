// SPDX-License-Identifier: Apache-2.0

// OpenSSL's view of the socket: it reads ciphertext from the buffer that just
// arrived and writes ciphertext into the buffer that is sent next, with no copy
// of its own. The pointers are only set while TLSEngine is inside a call.

internal import COpenSSL

/// Where OpenSSL reads and writes during one call.
struct MemoryBIOState {
    var inbound: UnsafePointer<UInt8>?
    var inboundCount = 0
    var outbound: UnsafeMutablePointer<UInt8>?
    var outboundCapacity = 0
    var outboundCount = 0
    /// What came when there was no room for it.
    var unsent: [UInt8] = []
    /// What the handshake showed.
    var facts = HandshakeFacts()

    /// Takes what came as it is.
    mutating func take(into target: UnsafeMutableRawBufferPointer) -> TLSEngine.ReadResult {
        let count = min(target.count, inboundCount)
        guard count > 0, let source = inbound else { return .needsMore }
        target.copyMemory(from: UnsafeRawBufferPointer(start: source, count: count))
        inbound = source + count
        inboundCount -= count
        return .bytes(count)
    }
}

/// The method table of the BIO, made once.
enum MemoryBIO {
    nonisolated(unsafe) static let method: OpaquePointer? = {
        let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "vigie buffers")
        BIO_meth_set_read(method, readCallback)
        BIO_meth_set_write(method, writeCallback)
        BIO_meth_set_ctrl(method, controlCallback)
        BIO_meth_set_create(method, createCallback)
        return method
    }()
}

private func stateOf(_ bio: OpaquePointer?) -> UnsafeMutablePointer<MemoryBIOState>? {
    BIO_get_data(bio)?.assumingMemoryBound(to: MemoryBIOState.self)
}

private func createCallback(bio: OpaquePointer?) -> Int32 {
    BIO_set_init(bio, 1)
    return 1
}

private func readCallback(
    bio: OpaquePointer?,
    target: UnsafeMutablePointer<CChar>?,
    wanted: Int32
) -> Int32 {
    vigie_bio_clear_retry_flags(bio)
    guard let state = stateOf(bio), let target, wanted > 0 else { return -1 }
    let count = min(Int(wanted), state.pointee.inboundCount)
    guard count > 0, let source = state.pointee.inbound else {
        vigie_bio_set_retry_read(bio)
        return -1
    }
    UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: count)
    state.pointee.inbound = source + count
    state.pointee.inboundCount -= count
    return Int32(count)
}

private func writeCallback(
    bio: OpaquePointer?,
    source: UnsafePointer<CChar>?,
    offered: Int32
) -> Int32 {
    vigie_bio_clear_retry_flags(bio)
    guard let state = stateOf(bio), let source, offered > 0 else { return -1 }
    let bytes = UnsafeRawBufferPointer(start: source, count: Int(offered))
    let room = state.pointee.outboundCapacity - state.pointee.outboundCount
    // All is taken: for an alert that it sends while it reads, OpenSSL does not come back.
    guard bytes.count <= room, state.pointee.unsent.isEmpty, let target = state.pointee.outbound
    else {
        state.pointee.unsent.append(contentsOf: bytes)
        return offered
    }
    UnsafeMutableRawPointer(target + state.pointee.outboundCount).copyMemory(
        from: source,
        byteCount: bytes.count
    )
    state.pointee.outboundCount += bytes.count
    return offered
}

private func controlCallback(
    bio: OpaquePointer?,
    command: Int32,
    number: Int,
    pointer: UnsafeMutableRawPointer?
) -> Int {
    command == BIO_CTRL_FLUSH ? 1 : 0
}
