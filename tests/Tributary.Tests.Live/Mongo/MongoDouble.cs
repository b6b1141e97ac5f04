using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Tributary.Connectors.Mongo;

namespace Tributary.Tests.Live.Mongo;

/// <summary>
/// Speaks MongoDB's wire protocol (OP_MSG, and OP_QUERY for a driver's first hello) on loopback and keeps documents in memory: no MongoDB can be
/// had where these tests run. It does what the commands of the destination need, and fails on order.
/// </summary>
internal sealed class MongoDouble : IAsyncDisposable
{
    private const int Query = 2004, Reply = 1, Message = 2013;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private int commands;

    public MongoDouble()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public MongoStore Store { get; } = new();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"mongodb://writer:s3cr3t-pass@127.0.0.1:{Port}/?authSource=admin";

    /// <summary>The address without a login: the double checks none.</summary>
    public string Open => $"mongodb://127.0.0.1:{Port}/";

    /// <summary>Commands that changed or read something since the last <see cref="Arm"/>, in order; greetings are not counted.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>What goes wrong, by the number of the command from 1 since <see cref="Arm"/> and its name.</summary>
    public Func<int, string, MongoFault> Fault { get; private set; } = (_, _) => MongoFault.None;

    /// <summary>The hosts that a replica set of this server would name in its hello; empty: it stands alone.</summary>
    public IReadOnlyList<string> Members { get; set; } = [];

    public void Arm(Func<int, string, MongoFault>? fault = null)
    {
        lock (Heard)
        {
            (commands, Fault) = (0, fault ?? ((_, _) => MongoFault.None));
            Heard.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            var stream = client.GetStream();
            var header = new byte[16];
            while (true)
            {
                await stream.ReadExactlyAsync(header, stop.Token);
                var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - 16];
                await stream.ReadExactlyAsync(body, stop.Token);
                var (id, kind) = (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)));
                var (command, database) = kind == Query ? (ReadQuery(body), "admin") : ReadMessage(body);
                if (Answer(command, database) is not { } answer) return;
                await stream.WriteAsync(Frame(id, kind == Query ? Reply : Message, answer.ToBytes()), stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    /// <summary>Null: the connection is to be cut.</summary>
    private Bson? Answer(Bson command, string database)
    {
        var name = command.Fields[0].Name;
        if (name is "isMaster" or "ismaster" or "ping" or "endSessions" || (name == "hello" && database == "admin")) return Hello();
        lock (Heard)
        {
            var fault = Fault(++commands, name);
            Heard.Add(name);
            if (fault.Code is { } code && !fault.Applies) return MongoStore.Refused(code);
            if (fault == MongoFault.CutBefore) return null;
            if (name == "hello") return Hello();
            var answer = Store.Run(command, fault == MongoFault.CutInBulk);
            if (fault.Code is { } late) return MongoStore.Refused(late);
            return fault == MongoFault.CutAfter || fault == MongoFault.CutInBulk ? null : answer;
        }
    }

    private Bson Hello()
    {
        var hello = new List<(string, object?)>
        {
            ("helloOk", true), ("ismaster", true), ("isWritablePrimary", true), ("maxBsonObjectSize", 16 * 1024 * 1024), ("maxMessageSizeBytes", 48_000_000), ("maxWriteBatchSize", 100_000),
            ("logicalSessionTimeoutMinutes", 30), ("minWireVersion", 0), ("maxWireVersion", 17), ("readOnly", false), ("ok", 1.0),
        };
        if (Members.Count > 0) hello.AddRange([("setName", "rs"), ("hosts", Members.Cast<object?>().ToList()), ("me", Members[0])]);
        return new Bson(hello);
    }

    private static Bson ReadQuery(ReadOnlySpan<byte> body)
    {
        var name = body[4..].IndexOf((byte)0);
        return Bson.Read(body[(4 + name + 1 + 8)..]);
    }

    private static (Bson Command, string Database) ReadMessage(ReadOnlySpan<byte> body)
    {
        Assert.Equal(0, body[4]); // one section: the command itself
        var command = Bson.Read(body[5..]);
        return (command, command.Text("$db") ?? "");
    }

    private static byte[] Frame(int to, int kind, byte[] document)
    {
        var before = kind == Reply ? 20 : 5;
        var frame = new byte[16 + before + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(8), to);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), kind);
        if (kind == Reply) BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(16 + 16), 1);
        document.CopyTo(frame, 16 + before);
        return frame;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }
}

/// <summary>What goes wrong with one command.</summary>
internal sealed record MongoFault(int? Code = null, bool Applies = false)
{
    public static readonly MongoFault None = new();

    /// <summary>The connection is lost before the server did anything.</summary>
    public static readonly MongoFault CutBefore = new() { Kind = "before" };

    /// <summary>The server did it, and the answer is lost.</summary>
    public static readonly MongoFault CutAfter = new() { Kind = "after" };

    /// <summary>The server did half of a bulk, and the connection is lost.</summary>
    public static readonly MongoFault CutInBulk = new() { Kind = "half" };

    public string Kind { get; init; } = "";

    /// <summary>An answer with this code, and nothing done.</summary>
    public static MongoFault Refuses(int code) => new(code);

    /// <summary>An answer with this code after it was done: for the writer the same as dying right after it.</summary>
    public static MongoFault RefusesAfter(int code) => new(code, Applies: true);
}
