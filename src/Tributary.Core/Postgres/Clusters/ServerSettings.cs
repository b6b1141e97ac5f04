namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// The settings of a private cluster, written anew before each start and included at the end of <c>postgresql.conf</c>;
/// what an administrator sets by <c>alter system</c> wins over them.
/// </summary>
internal static class ServerSettings
{
    private const long Mega = 1 << 20;

    /// <summary>Bytes of memory that this machine or container has.</summary>
    public static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public static string Text(ClusterFolder folder, int port, long memory) => $"""
        # Written by Tributary before each start; changes belong into `alter system`, which wins.
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = '{(folder.HasRoomForSocket ? Quote(folder.SocketDirectory) : "")}'
        unix_socket_permissions = 0700
        password_encryption = 'scram-sha-256'

        # What was committed stays, whatever happens to the machine.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        # A table that its own transaction creates is synced at the commit instead of logged: as durable, half the writing.
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = {WalSize(folder)}MB
        checkpoint_timeout = 15min

        shared_buffers = {Part(memory, 4, 32, 1024)}MB
        effective_cache_size = {Part(memory, 2, 64, 1 << 20)}MB
        work_mem = {Part(memory, 256, 4, 64)}MB
        maintenance_work_mem = {Part(memory, 16, 32, 512)}MB
        jit = off{(HasSharedMemory ? "" : "\nmax_parallel_workers_per_gather = 0")}

        # The log holds no statement and no value: errors of statements go to the session that sent them alone.
        logging_collector = on
        log_directory = '{Quote(folder.LogDirectory)}'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_statement = none
        log_min_duration_statement = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_line_prefix = '%m [%p] '
        lc_messages = 'C'
        timezone = 'UTC'
        log_timezone = 'UTC'

        """;

    /// <summary>A share of the memory in MB, within bounds.</summary>
    private static long Part(long memory, int share, long least, long most) => Math.Clamp(memory / share / Mega, least, most);

    /// <summary>A tenth of what the disk has free: more room means fewer checkpoints during a large load.</summary>
    private static long WalSize(ClusterFolder folder) => Part(new DriveInfo(folder.Root).AvailableFreeSpace, 10, 256, 4096);

    /// <summary>Containers often have 64 MB of shared memory, which one parallel hash join can exceed.</summary>
    private static bool HasSharedMemory => !Directory.Exists("/dev/shm") || new DriveInfo("/dev/shm").TotalSize >= 512 * Mega;

    private static string Quote(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
