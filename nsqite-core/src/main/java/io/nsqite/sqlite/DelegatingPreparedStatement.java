package io.nsqite.sqlite;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Passes the calls of prepared statements to the driver's; what differs is overridden. */
@SuppressWarnings("deprecation")
abstract class DelegatingPreparedStatement extends GuardedStatement implements PreparedStatement {

    private final PreparedStatement delegate;

    DelegatingPreparedStatement(GuardedConnection connection, PreparedStatement delegate) {
        super(connection, delegate);
        this.delegate = delegate;
    }

    @Override
    public void addBatch() throws SQLException {
        delegate.addBatch();
    }

    @Override
    public void clearParameters() throws SQLException {
        delegate.clearParameters();
    }

    @Override
    public boolean execute() throws SQLException {
        return delegate.execute();
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return delegate.executeLargeUpdate();
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return delegate.executeQuery();
    }

    @Override
    public int executeUpdate() throws SQLException {
        return delegate.executeUpdate();
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return delegate.getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return delegate.getParameterMetaData();
    }

    @Override
    public void setArray(int parameter, Array value) throws SQLException {
        delegate.setArray(parameter, value);
    }

    @Override
    public void setAsciiStream(int parameter, InputStream stream) throws SQLException {
        delegate.setAsciiStream(parameter, stream);
    }

    @Override
    public void setAsciiStream(int parameter, InputStream stream, int length) throws SQLException {
        delegate.setAsciiStream(parameter, stream, length);
    }

    @Override
    public void setAsciiStream(int parameter, InputStream stream, long length) throws SQLException {
        delegate.setAsciiStream(parameter, stream, length);
    }

    @Override
    public void setBigDecimal(int parameter, BigDecimal value) throws SQLException {
        delegate.setBigDecimal(parameter, value);
    }

    @Override
    public void setBinaryStream(int parameter, InputStream stream) throws SQLException {
        delegate.setBinaryStream(parameter, stream);
    }

    @Override
    public void setBinaryStream(int parameter, InputStream stream, int length) throws SQLException {
        delegate.setBinaryStream(parameter, stream, length);
    }

    @Override
    public void setBinaryStream(int parameter, InputStream stream, long length) throws SQLException {
        delegate.setBinaryStream(parameter, stream, length);
    }

    @Override
    public void setBlob(int parameter, InputStream value) throws SQLException {
        delegate.setBlob(parameter, value);
    }

    @Override
    public void setBlob(int parameter, Blob value) throws SQLException {
        delegate.setBlob(parameter, value);
    }

    @Override
    public void setBlob(int parameter, InputStream value, long length) throws SQLException {
        delegate.setBlob(parameter, value, length);
    }

    @Override
    public void setBoolean(int parameter, boolean value) throws SQLException {
        delegate.setBoolean(parameter, value);
    }

    @Override
    public void setByte(int parameter, byte value) throws SQLException {
        delegate.setByte(parameter, value);
    }

    @Override
    public void setBytes(int parameter, byte[] value) throws SQLException {
        delegate.setBytes(parameter, value);
    }

    @Override
    public void setCharacterStream(int parameter, Reader stream) throws SQLException {
        delegate.setCharacterStream(parameter, stream);
    }

    @Override
    public void setCharacterStream(int parameter, Reader stream, int length) throws SQLException {
        delegate.setCharacterStream(parameter, stream, length);
    }

    @Override
    public void setCharacterStream(int parameter, Reader stream, long length) throws SQLException {
        delegate.setCharacterStream(parameter, stream, length);
    }

    @Override
    public void setClob(int parameter, Reader value) throws SQLException {
        delegate.setClob(parameter, value);
    }

    @Override
    public void setClob(int parameter, Clob value) throws SQLException {
        delegate.setClob(parameter, value);
    }

    @Override
    public void setClob(int parameter, Reader value, long length) throws SQLException {
        delegate.setClob(parameter, value, length);
    }

    @Override
    public void setDate(int parameter, Date value) throws SQLException {
        delegate.setDate(parameter, value);
    }

    @Override
    public void setDate(int parameter, Date value, Calendar calendar) throws SQLException {
        delegate.setDate(parameter, value, calendar);
    }

    @Override
    public void setDouble(int parameter, double value) throws SQLException {
        delegate.setDouble(parameter, value);
    }

    @Override
    public void setFloat(int parameter, float value) throws SQLException {
        delegate.setFloat(parameter, value);
    }

    @Override
    public void setInt(int parameter, int value) throws SQLException {
        delegate.setInt(parameter, value);
    }

    @Override
    public void setLong(int parameter, long value) throws SQLException {
        delegate.setLong(parameter, value);
    }

    @Override
    public void setNCharacterStream(int parameter, Reader stream) throws SQLException {
        delegate.setNCharacterStream(parameter, stream);
    }

    @Override
    public void setNCharacterStream(int parameter, Reader stream, long length) throws SQLException {
        delegate.setNCharacterStream(parameter, stream, length);
    }

    @Override
    public void setNClob(int parameter, Reader value) throws SQLException {
        delegate.setNClob(parameter, value);
    }

    @Override
    public void setNClob(int parameter, NClob value) throws SQLException {
        delegate.setNClob(parameter, value);
    }

    @Override
    public void setNClob(int parameter, Reader value, long length) throws SQLException {
        delegate.setNClob(parameter, value, length);
    }

    @Override
    public void setNString(int parameter, String value) throws SQLException {
        delegate.setNString(parameter, value);
    }

    @Override
    public void setNull(int parameter, int sqlType) throws SQLException {
        delegate.setNull(parameter, sqlType);
    }

    @Override
    public void setNull(int parameter, int sqlType, String typeName) throws SQLException {
        delegate.setNull(parameter, sqlType, typeName);
    }

    @Override
    public void setObject(int parameter, Object value) throws SQLException {
        delegate.setObject(parameter, value);
    }

    @Override
    public void setObject(int parameter, Object value, int sqlType) throws SQLException {
        delegate.setObject(parameter, value, sqlType);
    }

    @Override
    public void setObject(int parameter, Object value, SQLType sqlType) throws SQLException {
        delegate.setObject(parameter, value, sqlType);
    }

    @Override
    public void setObject(int parameter, Object value, int sqlType, int scaleOrLength) throws SQLException {
        delegate.setObject(parameter, value, sqlType, scaleOrLength);
    }

    @Override
    public void setObject(int parameter, Object value, SQLType sqlType, int scaleOrLength) throws SQLException {
        delegate.setObject(parameter, value, sqlType, scaleOrLength);
    }

    @Override
    public void setRef(int parameter, Ref value) throws SQLException {
        delegate.setRef(parameter, value);
    }

    @Override
    public void setRowId(int parameter, RowId value) throws SQLException {
        delegate.setRowId(parameter, value);
    }

    @Override
    public void setSQLXML(int parameter, SQLXML value) throws SQLException {
        delegate.setSQLXML(parameter, value);
    }

    @Override
    public void setShort(int parameter, short value) throws SQLException {
        delegate.setShort(parameter, value);
    }

    @Override
    public void setString(int parameter, String value) throws SQLException {
        delegate.setString(parameter, value);
    }

    @Override
    public void setTime(int parameter, Time value) throws SQLException {
        delegate.setTime(parameter, value);
    }

    @Override
    public void setTime(int parameter, Time value, Calendar calendar) throws SQLException {
        delegate.setTime(parameter, value, calendar);
    }

    @Override
    public void setTimestamp(int parameter, Timestamp value) throws SQLException {
        delegate.setTimestamp(parameter, value);
    }

    @Override
    public void setTimestamp(int parameter, Timestamp value, Calendar calendar) throws SQLException {
        delegate.setTimestamp(parameter, value, calendar);
    }

    @Override
    public void setURL(int parameter, URL value) throws SQLException {
        delegate.setURL(parameter, value);
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int parameter, InputStream stream, int length) throws SQLException {
        delegate.setUnicodeStream(parameter, stream, length);
    }
}
