"""Where everything said is kept: the `Database` seam, the `Bus` seam, durable jobs and the migrations."""
