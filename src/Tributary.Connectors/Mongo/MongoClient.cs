using System.Runtime.InteropServices;
using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// One connection for one caller at a time, over MongoDB's C driver, which finds the primary, speaks TLS and SCRAM as the connection
/// string says, and connects again by itself. Everything is a command; what the driver throws comes out as the seams have it.
/// </summary>
internal sealed unsafe class MongoClient : IDisposable
{
    private static readonly Lazy<bool> Ready = new(() =>
    {
        MongoNative.Init();
        return true;
    });

    private readonly nint client;
    private readonly string database;
    private readonly string place;
    private byte* documents; // two of the driver's documents: the command and the answer

    private MongoClient(nint client, string database, string place)
    {
        (this.client, this.database, this.place) = (client, database, place);
        documents = (byte*)NativeMemory.AlignedAlloc(2 * MongoNative.DocumentBytes, MongoNative.DocumentBytes);
    }

    /// <summary>Connects with the first command. The text of the driver's own errors is left out here: it could repeat what the address holds.</summary>
    public static MongoClient Create(string address, string database, string place, SourcePosition at)
    {
        try
        {
            _ = Ready.Value;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new UserErrorException(ErrorCodes.DriverMissing, at, "MongoDB's C driver (libmongoc-1.0.so.0, version 1.19 or later) is not installed on this machine.", "Run ./setup mongo, or: apt-get install libmongoc-1.0-0");
        }
        MongoNative.Error error1 = default;
        var uri = MongoNative.NewUri(address, &error1);
        if (uri == 0) throw Unreadable(at);
        try
        {
            // A server that stops answering must not hold a run for ever; the connection string may say otherwise.
            SetDefault(uri, "sockettimeoutms", 60_000);
            SetDefault(uri, "connecttimeoutms", 10_000);
            SetDefault(uri, "serverselectiontimeoutms", 15_000);
            var made = MongoNative.NewClient(uri, &error1);
            if (made == 0) throw Unreadable(at);
            MongoNative.SetErrorApi(made, MongoNative.ErrorApi);
            MongoNative.SetAppName(made, "tributary");
            return new MongoClient(made, database, place);
        }
        finally
        {
            MongoNative.DestroyUri(uri);
        }
    }

    /// <summary>
    /// Runs one command (a BSON document) and returns the answer. Errors inside an answer that is <c>ok</c>, such as <c>writeErrors</c>, are the
    /// caller's. <paramref name="what"/> is the command's name, for messages.
    /// </summary>
    public Bson Run(string what, ReadOnlySpan<byte> command)
    {
        ObjectDisposedException.ThrowIf(documents is null, this);
        MongoNative.Error error = default;
        void* sent = documents;
        void* reply = documents + MongoNative.DocumentBytes;
        fixed (byte* data = command)
        {
            if (!MongoNative.InitStatic(sent, data, (nuint)command.Length)) throw new InvalidOperationException("A command is no BSON document.");
            var isDone = MongoNative.Command(client, database, sent, 0, reply, &error);
            try
            {
                var answer = Bson.Read(new ReadOnlySpan<byte>(MongoNative.GetData(reply), ((int*)reply)[1]));
                return isDone ? answer : throw MongoFailure.Of(what, place, error.Domain, error.Code, answer);
            }
            finally
            {
                MongoNative.DestroyDocument(reply);
            }
        }
    }

    public void Dispose()
    {
        if (documents is null) return;
        MongoNative.DestroyClient(client);
        NativeMemory.AlignedFree(documents);
        documents = null;
    }

    private static void SetDefault(nint uri, string name, int value)
    {
        if (MongoNative.GetOption(uri, name, -1) == -1) MongoNative.SetOption(uri, name, value);
    }

    private static UserErrorException Unreadable(SourcePosition at) => new(ErrorCodes.InvalidValue, at,
        "The connection string cannot be read by MongoDB's driver.", "It is mongodb://user:password@host:port/?options, with @ : / in names and passwords written as %40 %3A %2F. It is not shown here, for it holds a password.");
}
